// What the big screen says around a game.

const N = "\u202f"; // French: a narrow space that does not break

export const words = {
  en: {
    live: "{title}, live",
    on_air: "Live",
    soon: "{title}, soon",
    soon_in: "{title}, in {in}",
    paused: "{title}, short break",
    over: "{title}, over",
    join: "Take out your phones.",
    break: "Short break.",
    thanks: "Thank you.",
    room_one: "in the game",
    room_other: "in the game",
    number: "{number}",
    back: "Reconnecting…",
    off: "Not connected",
    said_live: "The game is open.",
    said_over: "The game is over.",
  },
  fr: {
    live: "{title}, en direct",
    on_air: "En direct",
    soon: "{title}, bientôt",
    soon_in: "{title}, dans {in}",
    paused: "{title}, petite pause",
    over: `{title}, c’est fini`,
    join: "Sortez vos téléphones.",
    break: "Petite pause.",
    thanks: `Merci${N}!`,
    room_one: "en jeu",
    room_other: "en jeu",
    number: "{number}",
    back: "Reconnexion…",
    off: "Hors connexion",
    said_live: "Le jeu est ouvert.",
    said_over: "Le jeu est fini.",
  },
};
