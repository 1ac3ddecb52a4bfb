// What the set-up page says while one types; the page itself is worded by the server.

export const words = {
  en: {
    saving: "Saving…",
    lost: "Not saved: no connection. It is tried again.",
    failed: "Not saved. Copy what you typed, and reload the page.",
    stale: "Not saved: choose first",
    signed_out: "You were signed out. Sign in again in another window; what you typed stays here.",
    grid: "Players per hour of the week. Arrow keys move, digits 0 to 9 set how many.",
    cell: "{day}, {hour}: {weight}",
    brush: "How many play",
    brush_0: "Nobody",
    brush_10: "Few",
    brush_40: "Some",
    brush_70: "Many",
    brush_100: "Most",
  },
  fr: {
    saving: "Enregistrement…",
    lost: "Non enregistré : pas de connexion. On réessaie.",
    failed: "Non enregistré. Copiez votre saisie, puis rechargez la page.",
    stale: "Non enregistré : choisissez d’abord",
    signed_out: "Votre session est finie. Reconnectez-vous dans une autre fenêtre ; votre saisie reste ici.",
    grid: "Joueurs par heure de la semaine. Les flèches déplacent, les chiffres 0 à 9 règlent combien.",
    cell: "{day}, {hour} : {weight}",
    brush: "Combien jouent",
    brush_0: "Personne",
    brush_10: "Peu",
    brush_40: "Quelques-uns",
    brush_70: "Beaucoup",
    brush_100: "Le plus",
  },
};
