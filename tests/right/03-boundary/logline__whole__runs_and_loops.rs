//! exercise = "03-boundary"
//! mark = "escape"
//! shape = "the whole part once more: split at what needs an escape, hex by hand, loops in place of chains"

    for run in text.split_inclusive(|byte| !plain(*byte)) {
        match run {
            [whole @ .., last] if !plain(*last) => {
                out.extend_from_slice(whole);
                out.extend_from_slice(format!("\\x{last:02X}").as_bytes());
            }
            whole => out.extend_from_slice(whole),
        }
    }
    // mark: text
    if quoted.iter().all(|byte| *byte != b'\\') {
        Ok(quoted.into())
    } else {
        spell::unescaped(quoted).map(Cow::Owned).map_err(|at| LineError::new(LineFault::Escape, offset + at))
    }
    // mark: rows
    let mut rows = Vec::new();
    for (at, line) in log.split(|byte| *byte == b'\n').enumerate() {
        if !line.is_empty() {
            rows.push((at as u64 + 1, parse(line)));
        }
    }
    rows.into_iter()
    // mark: columns
        if let Ok(entry) = &row {
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
