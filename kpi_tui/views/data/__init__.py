"""The data and the workspace around it: tables, coverage, problems, proposals, the installation."""
