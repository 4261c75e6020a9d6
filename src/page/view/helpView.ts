import { fromEvent, merge } from 'rxjs';
import { element } from './element.js';
import { shows } from './shows.js';
import type { View } from './View.js';

/** The list of the keys. */
export const helpView: View = () => {
  const help = element('help', HTMLDialogElement);
  return merge(
    shows(fromEvent(element('keys'), 'click'), () => {
      help.showModal();
    }),
    shows(fromEvent(element('helpClose'), 'click'), () => {
      help.close();
    }),
    shows(fromEvent(help, 'click'), ({ target }) => {
      if (target === help) help.close(); // beside it
    }),
  );
};
