"""What a workspace says, as frozen typed objects. This room imports nothing of ours."""
