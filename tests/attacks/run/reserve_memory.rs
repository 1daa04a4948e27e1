//! attack = "reserve 16 GiB of addresses without touching them"
//! kind = "memory bomb"
//! gets = ["exited 0"]
//! held_by = ["address space limit"]

pub fn main() {
    // mmap, private and without a reservation in swap
    if foe::call(9, &[0, 16 << 30, 3, 0x4022, -1, 0]).is_ok() {
        foe::through("16 GiB of addresses");
    }
}
