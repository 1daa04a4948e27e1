//! attack = "kill the first process of the box, and our own parent"
//! kind = "kill everything"
//! gets = ["exited 0", "signal 9"]
//! held_by = ["pid namespace", "status descriptor"]

use foe::call;

pub fn main() {
    let parent = call(110, &[]).expect("getppid does not fail");
    for number in [9, 15, 11, 19] {
        let _ = call(62, &[1, number]);
        if parent > 0 {
            let _ = call(62, &[parent, number]);
        }
    }
}
