-- purpose: a relation with the number of each text in place of it
create or replace temp view ${view} as
select ${columns} from ${relation} as given ${joins}
