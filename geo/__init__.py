"""Map layers of the atlas: boundaries read once, simplified, labelled and written as GeoJSON."""
