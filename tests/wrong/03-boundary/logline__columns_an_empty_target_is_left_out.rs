//! exercise = "03-boundary"
//! mark = "columns"
//! misconception = "an empty value needs no place in its column"
//! fails = "step_4_columns::keeps_all_targets_in_one_buffer"
//! says = "keeps its place"

        match row {
            Ok(entry) => {
                columns.client.push(Columns::address(entry.client));
                columns.time.push(entry.time);
                columns.status.push(entry.status);
                columns.body_bytes.push(entry.body_bytes);
                columns.took_us.push(entry.took_us);
                if !entry.target().is_empty() {
                    columns.target.push(entry.target());
                }
            }
            Err(error) => columns.refuse(number, error),
        }
