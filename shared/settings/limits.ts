/** Characters of one of the two texts of instructions. */
export const instructionsLengthMax = 1_500
