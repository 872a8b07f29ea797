-- One row: the map layer.
select
    layer_id, file_name, n_units, min_lon, min_lat, max_lon, max_lat, cast(inset as varchar) as inset, source_zh,
    source_en
from map_layer
where layer_id = $layer_id
