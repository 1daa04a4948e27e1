//! exercise = "02-headers"
//! mark = "framing"
//! misconception = "two flags say where a body ends as well as one value does"
//! fails = "step_4_framing::a_transfer_encoding_is_chunked_or_refused"
//! says = "two lengths"
//! [edits]
//! "    if is_chunked(fields, version)? {\n        return Ok(Framing::Chunked);\n    }\n" = """
//! let flags = Flags::of(fields);
//! if flags.is_chunked && !flags.has_content_length && is_chunked(fields, version)? {
//!     return Ok(Framing::Chunked);
//! }
//! """
//! "/// What the Content-Length fields say: one number" = """
//! /// What the fields say about the body. Whoever wants to know where it ends asks one flag, or the other, or both.
//! struct Flags {
//!     has_content_length: bool,
//!     is_chunked: bool,
//! }
//!
//! impl Flags {
//!     fn of(fields: Fields<'_>) -> Self {
//!         Self { has_content_length: fields.has(Known::ContentLength), is_chunked: fields.has(Known::TransferEncoding) }
//!     }
//! }
//!
//! /// What the Content-Length fields say: one number"""

    for field in fields.of(Known::ContentLength) {
        for element in syntax::elements(field.value) {
            let number = decimal(element)?;
            if length.is_some_and(|before| before != number) {
                return Err(FramingFault::LengthsDiffer);
            }
            length = Some(number);
        }
    }
    Ok(length)
    // mark: end_to_end
    match field.known {
        // With a length, the body goes on as it came, and its coding with it. Without one, we write the coding anew.
        Some(Known::TransferEncoding) => Flags::of(fields).has_content_length,
        Some(known) => !known.is_hop_by_hop(),
        None => !elements(fields, Known::Connection).any(|option| option.eq_ignore_ascii_case(field.name)),
    }
