//! exercise = "03-boundary"
//! mark = "columns"
//! misconception = "a list that was walked by value is still there"
//! fails = "E0382"
//! says = "has moved already"

    let rows: Vec<_> = rows(log).collect();
    for (number, row) in rows {
        match row {
            Ok(entry) => columns.status.push(entry.status),
            Err(error) => columns.refuse(number, error),
        }
    }
    columns.unreadable = rows.len() as u64 - columns.status.len() as u64;
    columns
