// What stands beside the lines of a log, and whether long ones wrap.
import { Icon } from '../parts/icons.js';
import { Menu } from '../parts/menu.js';
import { type LogLook, logLook, toggleLook } from '../state/log-view.js';

const SWITCHES: readonly (readonly [name: keyof LogLook, label: string])[] = [
  ['wrap', 'Wrap long lines'],
  ['time', 'Time'],
  ['change', 'Change of memory since the line above'],
];

export function ViewMenu() {
  return (
    <Menu
      name="Columns of the log"
      className="menu-right"
      buttonClass="button button-quiet button-icon"
      label={<Icon name="columns" />}
    >
      {() =>
        SWITCHES.map(([name, label]) => (
          <label key={name} class="menu-item">
            <input type="checkbox" checked={logLook.value[name]} onChange={() => toggleLook(name)} />
            <span>{label}</span>
          </label>
        ))
      }
    </Menu>
  );
}
