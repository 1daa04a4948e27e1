//! exercise = "02-headers"
//! mark = "find"
//! misconception = "the compiler finds out by itself which argument the answer borrows from"
//! fails = "E0106"
//! says = "which of the two"
//! [edits]
//! "pub fn find<'a>(fields: Fields<'a>, name: &str) -> Option<&'a [u8]> {" = "pub fn find(fields: &Fields, name: &str) -> Option<&[u8]> {"

    let field = fields.iter().find(|field| field.name.eq_ignore_ascii_case(name.as_bytes()))?;
    Some(field.value)
