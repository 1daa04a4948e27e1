//! exercise = "03-boundary"
//! mark = "columns"
//! misconception = "a row is an entry"
//! fails = "E0599"
//! says = "take them apart"

    for row in rows(log) {
        columns.status.push(row.status());
    }
    columns
