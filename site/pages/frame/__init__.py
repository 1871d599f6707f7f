"""What stands around every page: name, logo, colours, contact, menus. Editors set them, in all languages."""
