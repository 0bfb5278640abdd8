-- purpose: telco customers with the label Churn and 19 free attributes; a blank TotalCharges (tenure 0) is unknown
-- grain: one row per customer
-- key: customer_id
-- inputs: customers
-- units: tenure in months, charges in dollars (MonthlyCharges per month)
-- checks: none
with
final as (
    select
        customerID as customer_id,
        * exclude (customerID, TotalCharges),
        nullif(trim(TotalCharges), '') as TotalCharges,
    from customers
)

select * from final
