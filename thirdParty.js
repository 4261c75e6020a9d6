import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

const MODULES = 'node_modules';
const RULE = '='.repeat(80);
/** What licences do not say of themselves. */
const NOTES = {
  'world-atlas': 'The shapes of the land are from Natural Earth, https://www.naturalearthdata.com/, which is in the public domain.',
};

/** Packages that name their licence and do not bring its text, and another one by the same people under it that does. */
const SAME_LICENCE = { '@protomaps/basemaps': 'protomaps-leaflet', pmtiles: 'protomaps-leaflet' };

/** A plugin that notes which modules a bundle really has. */
export function noting(modules) {
  return {
    name: 'noting',
    generateBundle(_, bundle) {
      for (const { modules: of = {} } of Object.values(bundle)) {
        for (const [id, { renderedLength }] of Object.entries(of)) if (renderedLength > 0) modules.add(id);
      }
    },
  };
}

/** The licences of the packages that modules and other files are from, as one text. @throws Error for a package without one */
export function thirdParty(files) {
  const folders = new Set([...files].map(folderOf).filter((folder) => folder !== undefined));
  const licences = [...folders].sort().map(licenceOf);
  return `The bundles beside this file contain parts of the packages below, each under the licence that follows its name.\n\n${licences.join('\n')}`;
}

/** The folder of the package that a file is from; none for a source of lastfix itself. */
function folderOf(file) {
  if (file.startsWith('\0rolldown/')) return join(MODULES, 'rolldown'); // what it puts into a bundle by itself
  const parts = relative('', file).split(sep);
  const at = parts.lastIndexOf(MODULES) + 1;
  return at === 0 ? undefined : join(...parts.slice(0, at + (parts[at].startsWith('@') ? 2 : 1)));
}

function licenceOf(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const texts = textsIn(name in SAME_LICENCE ? sameAs(license, join(MODULES, SAME_LICENCE[name])) : folder);
  if (texts.length === 0) throw new Error(`${folder} has no licence text`);
  return [RULE, `${name} ${version} (${license})`, ...(name in NOTES ? ['', NOTES[name]] : []), '', ...texts, ''].join('\n');
}

function textsIn(folder) {
  return readdirSync(folder)
    .filter((file) => /^(?:licen[cs]e|copying|notice)/i.test(file))
    .map((file) => readFileSync(join(folder, file), 'utf8').trim());
}

/** @throws Error for a package under another licence */
function sameAs(licence, folder) {
  const { license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  if (license !== licence) throw new Error(`${folder} is under ${license}, not ${licence}`);
  return folder;
}
