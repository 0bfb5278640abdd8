delete from load_unit
where unit_key not in ${keys} or unit_key not in (select unit_key from raw_file where unit_key is not null);

delete from quarantine
where file_id not in (select file_id from load_unit);

-- refused and duplicate files are told anew by every load
delete from raw_file
where unit_key is null or unit_key not in (select unit_key from load_unit);

delete from load_warning
where unit_key is null or unit_key not in (select unit_key from load_unit);
