//! exercise = "03-boundary"
//! mark = "columns"
//! misconception = "memory is free: every error can be kept"
//! fails = "step_4_columns::keeps_the_first_errors_only"
//! says = "must not fill the memory"

        match row {
            Ok(entry) => {
                columns.client.push(Columns::address(entry.client));
                columns.time.push(entry.time);
                columns.status.push(entry.status);
                columns.body_bytes.push(entry.body_bytes);
                columns.took_us.push(entry.took_us);
                columns.target.push(entry.target());
            }
            Err(error) => {
                columns.unreadable += 1;
                columns.errors.push((number, error));
            }
        }
