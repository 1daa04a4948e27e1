//! exercise = "03-boundary"
//! mark = "columns"
//! misconception = "`if let` looks into a row and leaves it as it was"
//! fails = "E0382"
//! says = "has moved already"

        if let Ok(entry) = row {
            columns.client.push(Columns::address(entry.client));
            columns.time.push(entry.time);
            columns.status.push(entry.status);
            columns.body_bytes.push(entry.body_bytes);
            columns.took_us.push(entry.took_us);
            columns.target.push(entry.target());
        }
        if let Err(error) = row {
            columns.refuse(number, error);
        }
