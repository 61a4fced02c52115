"""Reports as files: PDF, XLSX, CSV."""
