create table if not exists raw_file (
    file_id integer,
    table_name varchar,
    path varchar,
    format varchar,
    bytes double,
    sha256 varchar,
    records bigint,
    loaded bigint,
    quarantined bigint,
    duplicate bigint,
    refused bigint,
    is_refused boolean,
    reason_code varchar,
    reason varchar,
    fix varchar,
    line bigint,
    rows_mapped bigint,
    rows_loaded bigint,
    rows_quarantined bigint,
    unit_key varchar,
    position integer,
);

create table if not exists quarantine (
    file_id integer,
    table_name varchar,
    path varchar,
    line bigint,
    column_name varchar,
    value varchar,
    reason_code varchar,
    message varchar,
    raw varchar,
    is_mapped boolean,
);

create table if not exists load_warning (
    table_name varchar,
    path varchar,
    column_name varchar,
    warning_code varchar,
    rows_affected bigint,
    message varchar,
    unit_key varchar,
);

create table if not exists load_unit (
    unit_key varchar,
    table_name varchar,
    file_id integer,
    own_table varchar,
    first_line bigint,
);
