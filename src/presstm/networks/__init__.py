"""What stands together: units, association, communities, links."""
