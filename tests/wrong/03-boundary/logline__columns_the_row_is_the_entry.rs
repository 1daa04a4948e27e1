//! exercise = "03-boundary"
//! mark = "columns"
//! misconception = "a row is an entry"
//! fails = "E0599"
//! says = "take them apart"

        columns.status.push(row.status());
