//! exercise = "03-boundary"
//! mark = "columns"
//! shape = "errors first, and each column filled by extend"

    let entries: Vec<Entry<'_>> = rows(log)
        .filter_map(|(number, row)| row.map_err(|error| columns.refuse(number, error)).ok())
        .collect();
    columns.client.extend(entries.iter().map(|entry| Columns::address(entry.client)));
    columns.time.extend(entries.iter().map(|entry| entry.time));
    columns.status.extend(entries.iter().map(|entry| entry.status));
    columns.body_bytes.extend(entries.iter().map(|entry| entry.body_bytes));
    columns.took_us.extend(entries.iter().map(|entry| entry.took_us));
    entries.iter().for_each(|entry| columns.target.push(entry.target()));
    columns
