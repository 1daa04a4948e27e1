let mut head = Vec::from(*b"GET");
let first = &mut head; //? head:RWM
let second = &mut *first; //? head:··· first:R·M *first:RW
second.push(b' '); //? head:··· first:··· *first:·· second:R·M *second:RW
first.push(b'/'); //? head:··· first:R·M *first:RW second:R·M *second:RW
