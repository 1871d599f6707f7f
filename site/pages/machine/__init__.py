"""Drafts by a translation server of the network's own: off unless the settings name one."""
