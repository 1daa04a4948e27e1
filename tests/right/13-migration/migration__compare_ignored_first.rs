//! exercise = "13-migration"
//! mark = "compare"
//! shape = "the ignored names are filtered before they are compared"

    let mut found = Vec::new();
    if old.status != new.status {
        found.push(Difference::Status { old: old.status, new: new.status });
    }
    let is_ignored = |name: &[u8]| ignored.iter().any(|ignored| name.eq_ignore_ascii_case(ignored.as_bytes()));
    found.extend(names(old.fields, new.fields).into_iter().filter(|name| !is_ignored(name)).filter_map(|name| {
        let (old, new) = (values(old.fields, name), values(new.fields, name));
        (old != new).then_some(Difference::Field { name, old, new })
    }));
    match (old.body, new.body) {
        (was, is) if was == is => {}
        (was, is) if was.length == is.length => found.push(Difference::Body),
        (was, is) => found.push(Difference::Length { old: was.length, new: is.length }),
    }
    found
