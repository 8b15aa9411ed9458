/** So many models may answer one message side by side. */
export const comparedModelsMax = 4
