//! exercise = "03-boundary"
//! mark = "text"
//! misconception = "a view can show other bytes than those that are there"
//! fails = "step_2_parse::reads_what_an_escape_stands_for"
//! says = "stands for one byte"

    let _ = offset;
    Ok(Cow::Borrowed(quoted))
