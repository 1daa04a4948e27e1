//! exercise = "05-rules/where_it_is"
//! mark = "body"
//! misconception = "editors count as programs do"
//! fails = "says_in_which_line_the_mistake_is"
//! says = "lines count from 1"

        let block = block(line).map_err(|wrong| FileError { line: index, wrong })?;
        blocks.push(block);
