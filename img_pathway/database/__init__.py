"""The program's own tables in the database of conversations, and how they grow from version to version."""
