-- purpose: suppliers, as given
-- grain: one row per supplier
-- key: supplier_id
-- inputs: raw_suppliers
-- units: as in the contract
-- checks: none
with
given as (
    select * exclude (_file_id, _line) from raw_suppliers
),

-- rows of one key are told apart by what they say, never by load order
final as (
    select *
    from given
    qualify row_number() over (partition by supplier_id order by given::varchar desc) = 1
)

select * from final
