//! Where it is: a file of blocks has a mistake, and somebody has to find it at three in the morning.
//!
//! `block` reads one line, and says what is wrong with it. It can't say where, because it sees one line only.
//! `blocks` reads all lines, so it is the one who knows the place, and who adds it: `map_err` changes an error on its
//! way up, and `?` hands up what it has become.
//! One bad line refuses the whole file. Half of the blocks would let in whom the other half was to keep out.

/// Requests below `path` are answered with `status`.
#[derive(Debug, PartialEq)]
pub struct Block {
    pub path: String,
    pub status: u16,
}

/// What is wrong with a line.
#[derive(Debug, PartialEq)]
pub enum Wrong {
    /// There is no space between a path and a status.
    NoSpace,
    /// The status is no number from 400 to 599.
    NoStatus,
}

/// What is wrong with a file, and where. Lines count from 1, as in an editor.
#[derive(Debug, PartialEq)]
pub struct FileError {
    pub line: usize,
    pub wrong: Wrong,
}

/// Reads one line: `/admin 403`.
pub fn block(line: &str) -> Result<Block, Wrong> {
    let Some((path, status)) = line.split_once(' ') else { return Err(Wrong::NoSpace) };
    match status.parse() {
        Ok(status @ 400..=599) => Ok(Block { path: String::from(path), status }),
        Ok(_) | Err(_) => Err(Wrong::NoStatus),
    }
}

/// Reads a file, one block a line: all blocks, or the first mistake and its line.
pub fn blocks(file: &str) -> Result<Vec<Block>, FileError> {
    let mut blocks = Vec::new();
    for (index, line) in file.lines().enumerate() {
        // exercise: begin
        let block = block(line).map_err(|wrong| FileError { line: index + 1, wrong })?;
        blocks.push(block);
        // exercise: stub
        // todo!("read the line with block, put its place into the error with map_err, hand it up, and push the block")
        // exercise: end
    }
    Ok(blocks)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(path: &str, status: u16) -> Block {
        Block { path: String::from(path), status }
    }

    fn check(file: &str, expected: Result<Vec<Block>, FileError>, why: &str) {
        println!("{why}\ninput: {file:?}"); // should blocks panic, this is still shown
        let got = blocks(file);
        assert!(got == expected, "{why}\ninput: {file:?}\nexpected: {expected:?}\ngot: {got:?}");
    }

    #[test]
    fn reads_a_block_from_each_line() {
        check("/admin 403\n", Ok(vec![made("/admin", 403)]), "one line is one block");
        let expected = vec![made("/admin", 403), made("/old", 410), made("/tea", 418)];
        check("/admin 403\n/old 410\n/tea 418\n", Ok(expected), "the blocks keep the order of the file");
    }

    #[test]
    fn says_in_which_line_the_mistake_is() {
        let why = "the error says in which line the mistake is, and lines count from 1";
        check("/admin\n", Err(FileError { line: 1, wrong: Wrong::NoSpace }), why);
        check("/admin 403\n/old gone\n", Err(FileError { line: 2, wrong: Wrong::NoStatus }), why);
        check("/a 403\n/b 403\n/c 200\n/d 403\n", Err(FileError { line: 3, wrong: Wrong::NoStatus }), why);
    }

    #[test]
    fn refuses_the_whole_file_for_one_bad_line() {
        let why = "half of the blocks would let in whom the other half was to keep out: it is all or an error";
        check("/a 403\n\n/c 403\n", Err(FileError { line: 2, wrong: Wrong::NoSpace }), why);
    }

    #[test]
    fn names_the_first_of_two_mistakes() {
        check("/a 403\n/b\n/c\n", Err(FileError { line: 2, wrong: Wrong::NoSpace }), "the first mistake is told");
    }
}
