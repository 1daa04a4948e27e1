//! exercise = "05-rules/where_it_is"
//! mark = "body"
//! misconception = "`?` turns any error into ours"
//! fails = "E0277"
//! says = "map_err"

        let block = block(line)?;
        blocks.push(block);
