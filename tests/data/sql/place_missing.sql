-- Facts without a place.
select * from fact where place = ''
