// M in a loop: it is there when the turn begins. rustc would refuse the move all the same, because of the next turn.
let head = String::from("GET /");
for upstream in 0..2 { //? head:R·M
    println!("{upstream} {head}"); //? head:R·M upstream:R·M
} //? head:R·M upstream:R·M
