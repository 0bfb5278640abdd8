-- purpose: one published relation as CSV, in a fixed order
copy (select ${select} from ${relation} ${order}) to ${file} (format csv, header true)
