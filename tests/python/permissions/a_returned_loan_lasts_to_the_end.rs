fn last(bytes: &mut Vec<u8>) -> &mut u8 {
    bytes.push(0); //? bytes:R·M *bytes:RW
    let found = &mut bytes[0]; //? bytes:R·M *bytes:RW
    found //? bytes:··· *bytes:·· found:R·M *found:RW
}
