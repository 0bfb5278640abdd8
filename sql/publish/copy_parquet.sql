-- purpose: one published relation as Parquet, in a fixed order
copy (from ${relation} ${order}) to ${file} (format parquet, compression zstd)
