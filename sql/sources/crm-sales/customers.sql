-- purpose: accounts, each with the agent of its latest deal; misspelt sectors and countries are corrected
-- grain: one row per account
-- key: customer_id
-- inputs: accounts, pipeline
-- units: revenue in millions of dollars
-- checks: none
with
agents as (
    select account, sales_agent
    from pipeline
    where nullif(account, '') is not null
    qualify row_number() over (
        partition by account
        order by strptime(nullif(engage_date, ''), '%m/%d/%Y') desc nulls last, opportunity_id
    ) = 1
),

final as (
    select
        account as customer_id,
        account as name,
        case sector when 'technolgy' then 'technology' else sector end as segment,
        agents.sales_agent as owner,
        case office_location when 'Philipines' then 'Philippines' else office_location end as region,
        year_established, revenue, employees, subsidiary_of,
    from accounts
    left join agents using (account)
)

select * from final
