//! exercise = "03-boundary"
//! mark = "columns"
//! shape = "the error leaves first, and a pattern takes the entry apart"

        let Entry { client, time, request, status, body_bytes, took_us, .. } = match row {
            Ok(entry) => entry,
            Err(error) => {
                columns.refuse(number, error);
                continue;
            }
        };
        columns.client.extend([Columns::address(client)]);
        columns.time.extend([time]);
        columns.status.extend([status]);
        columns.body_bytes.extend([body_bytes]);
        columns.took_us.extend([took_us]);
        columns.target.push(request.as_ref().map_or(b"", |request| &request.target));
