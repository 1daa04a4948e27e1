//! exercise = "03-boundary"
//! mark = "columns"
//! misconception = "the columns fill one another"
//! fails = "step_4_columns::gives_every_kind_of_value_a_column"
//! says = "the same index in every column"

        match row {
            Ok(entry) => {
                columns.client.push(Columns::address(entry.client));
                columns.status.push(entry.status);
                columns.body_bytes.push(entry.body_bytes);
                columns.took_us.push(entry.took_us);
                columns.target.push(entry.target());
            }
            Err(error) => columns.refuse(number, error),
        }
