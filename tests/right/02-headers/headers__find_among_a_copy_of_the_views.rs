//! exercise = "02-headers"
//! mark = "find"
//! shape = "the fields are collected first: copies of the views, not of the bytes"

    let all: Vec<Field<'a>> = fields.iter().collect();
    let name = name.to_ascii_lowercase();
    all.iter().find(|field| field.name.to_ascii_lowercase() == name.as_bytes()).map(|field| field.value)
