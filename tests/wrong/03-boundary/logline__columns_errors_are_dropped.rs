//! exercise = "03-boundary"
//! mark = "columns"
//! misconception = "a line that cannot be read did not happen"
//! fails = "step_4_columns::counts_the_lines_that_cannot_be_read"
//! says = "it is counted"

        if let Ok(entry) = row {
            columns.client.push(Columns::address(entry.client));
            columns.time.push(entry.time);
            columns.status.push(entry.status);
            columns.body_bytes.push(entry.body_bytes);
            columns.took_us.push(entry.took_us);
            columns.target.push(entry.target());
        }
