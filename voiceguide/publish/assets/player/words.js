/* The page's own words, in the language of the pack. They come as a table with the list of sessions. */

/** The text of a key, with its `{values}`; a number `n` chooses between its forms `key_one` and `key_other`. */
const t = (() => {
  const { words, tongue } = globalThis.voiceguide;
  const forms = new Intl.PluralRules(tongue);
  return (key, values = {}) => {
    const form = "n" in values ? `${key}_${forms.select(values.n)}` : key;
    const text = words[form] ?? words[`${key}_other`] ?? words[key];
    return text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
  };
})();

/** A number as the language writes it: 1.5 or 1,5. */
const figure = (value, digits = 1) => value.toLocaleString(globalThis.voiceguide.tongue, { maximumFractionDigits: digits });
