//! exercise = "03-boundary"
//! mark = "columns"
//! misconception = "every line needs a place in the columns"
//! fails = "step_4_columns::counts_the_lines_that_cannot_be_read"
//! says = "has no place in the columns"

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
                columns.status.push(0);
                columns.refuse(number, error);
            }
        }
