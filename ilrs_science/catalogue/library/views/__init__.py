"""The catalogue seen in other ways: tables, selections, searches, graphs, schemas."""
