update ${stage} set _ok = false
where rowid in (
    select a.rowid
    from ${stage} as a
    inner join load_conflict as b on ${same}
    where a._ok
)
