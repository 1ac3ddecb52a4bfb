// What the page says around the verdict; the verdict itself is verify.py's sentence.

const N = "\u202f"; // French: a narrow space that does not break

export const words = {
  en: {
    title: "Verify a proof",
    back: "Back to the proof",
    lead: "Choose the file that you downloaded from the proof page. It is recomputed here, in this browser, and goes nowhere: this page cannot reach any network.",
    choose: "Choose the .zip",
    drop: "or drop it here, or its unpacked files",
    note: "The fingerprint that you noted before the game (optional)",
    working: "Recomputing…",
    0: "All holds.",
    1: "Does not hold.",
    2: "Cannot be verified.",
    same: "It is the fingerprint that you noted.",
    other: "It is not the fingerprint that you noted: this is another proof.",
    unsafe: "This browser computes hashes only on pages from https or from a file. Open verify.html from the zip instead.",
    trust: "To trust nobody, not even this page: open verify.html from the zip without a network, or run verify.py.",
  },
  fr: {
    title: "Vérifier une preuve",
    back: "Retour à la preuve",
    lead: `Choisissez le fichier téléchargé depuis la page de preuve. Il est recalculé ici, dans ce navigateur, et ne part nulle part${N}: cette page ne peut atteindre aucun réseau.`,
    choose: "Choisir le .zip",
    drop: "ou déposez-le ici, ou ses fichiers décompressés",
    note: "L’empreinte notée avant le jeu (facultatif)",
    working: "Calcul en cours…",
    0: "Tout concorde.",
    1: "Ne concorde pas.",
    2: "Impossible à vérifier.",
    same: "C’est bien l’empreinte que vous aviez notée.",
    other: `Ce n’est pas l’empreinte que vous aviez notée${N}: c’est une autre preuve.`,
    unsafe: "Ce navigateur ne calcule des empreintes que sur une page https ou un fichier. Ouvrez plutôt verify.html, dans le zip.",
    trust: `Pour ne faire confiance à personne, pas même à cette page${N}: ouvrez verify.html, dans le zip, sans réseau, ou lancez verify.py.`,
  },
};
