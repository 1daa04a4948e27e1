fn twice<T: Copy>(value: T) -> (T, T) {
    let kept = value; //? value:R·M
    (kept, value) //? value:R·M kept:R·M
}
