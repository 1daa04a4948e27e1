//! attack = "a hole in the borrow checker (rust-lang/rust#25860) turns a number into the owner of descriptor 3"
//! kind = "forging"
//! gets = ["fail 0", "crashed 0", "error 0"]
//! held_by = ["values are compared outside"]
//! exercise = "00-tour/first_green"

use std::fs::File;
use std::io::Write;

static FOREVER: &&() = &&();

fn lengthen<'a, 'b, T: ?Sized>(_witness: &'a &'b (), reference: &'b mut T) -> &'a mut T {
    reference
}

fn expand<'b, T: ?Sized>(reference: &mut T) -> &'b mut T {
    let hole: for<'x> fn(_, &'x mut T) -> &'b mut T = lengthen;
    hole(FOREVER, reference)
}

enum Either {
    Number(Option<Box<i32>>),
    File(Option<Box<File>>),
}

/// Keep a reference to one variant while the other one is written.
fn confuse(descriptor: i32) -> File {
    let mut either = Either::File(None);
    let Either::File(place) = &mut either else { unreachable!() };
    let place = expand(place);
    either = Either::Number(Some(Box::new(descriptor)));
    std::hint::black_box(&either);
    let file = place.take().expect("the other variant's box");
    std::mem::forget(either);
    *file
}

pub fn greet(_method: &str) -> String {
    let mut values = confuse(3);
    for number in 0u32..100 {
        let record = [&number.to_le_bytes()[..], b"v", &4u32.to_le_bytes(), b"pass"].concat();
        let _ = values.write_all(&record);
    }
    std::process::exit(0)
}
