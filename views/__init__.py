"""The dashboard's pages: one module per page, all over one filter and one snapshot."""
